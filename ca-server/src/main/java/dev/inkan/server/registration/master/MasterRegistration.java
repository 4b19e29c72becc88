package dev.inkan.server.registration.master;

import dev.inkan.server.registration.invitation.LoginId;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.secret.TokenHash;
import dev.inkan.server.registration.user.Organisation;
import java.time.Instant;
import java.util.Optional;

/**
 * マスターユーザー初期登録 under way in one browser (C2), from the right initial password to the code that
 * proves the address.
 *
 * @param token of the browser it belongs to
 * @param loginId of the letter it was opened with
 * @param expiresAt from when on it is not found any more
 * @param profile what the master user said last, once they did
 * @param password what the profile's code is waiting for, in state {@code CODE_SENT} alone
 * @param code the state of the profile's code
 */
public record MasterRegistration(
    RegistrationId id,
    TokenHash token,
    LoginId loginId,
    Organisation organisation,
    RegistrationState state,
    Instant createdAt,
    Instant expiresAt,
    Optional<MasterProfile> profile,
    Optional<ChosenPassword> password,
    Optional<CodeState> code) {

  /**
   * The password the master user chose.
   *
   * @param hash what is to be stored for the user
   * @param kept the password under a key derived from the browser's token, for the certificate that
   *     may follow; empty once it is erased
   */
  public record ChosenPassword(PasswordHash hash, Optional<SealedSecret> kept) {}

  /** How many codes it has made so far. */
  long codesMade() {
    return code.map(CodeState::counter).orElse(0L);
  }
}
