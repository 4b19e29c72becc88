package dev.inkan.admin.output;

import dev.inkan.core.api.AccountState;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.CredentialState;
import dev.inkan.core.api.ItemState;
import dev.inkan.core.api.LetterState;
import dev.inkan.core.api.MailState;
import dev.inkan.core.api.OperatorState;
import dev.inkan.core.api.OrganisationState;
import dev.inkan.core.api.RequestState;
import java.util.Locale;
import java.util.Set;

/** What people read in place of an enum's name, and how it looks. */
public final class Words {

  private static final Set<Enum<?>> GOOD =
      Set.of(
          CertificateState.VALID,
          CredentialState.VALID,
          AccountState.ACTIVE,
          OrganisationState.ACTIVE,
          OperatorState.ACTIVE,
          RequestState.DONE,
          ItemState.REVOKED,
          MailState.SENT,
          LetterState.USED);

  private static final Set<Enum<?>> BAD =
      Set.of(
          CertificateState.REVOKED,
          CertificateState.ABANDONED,
          CredentialState.REVOKED,
          AccountState.BLOCKED,
          AccountState.LOCKED,
          OrganisationState.CLOSED,
          OperatorState.DISABLED,
          MailState.REFUSED,
          LetterState.BLOCKED,
          LetterState.LOCKED,
          LetterState.EXPIRED);

  private static final Set<Enum<?>> WAITING =
      Set.of(
          CertificateState.HELD,
          CertificateState.PREPARED,
          AccountState.INITIAL_PASSWORD,
          AccountState.INITIAL_PASSWORD_OVER,
          OrganisationState.SUSPENDED,
          RequestState.OPEN,
          RequestState.APPROVED,
          ItemState.PENDING,
          MailState.QUEUED,
          LetterState.OPEN);

  private Words() {}

  /** {@code key compromise} for {@code KEY_COMPROMISE}; a valid certificate is {@code good}. */
  public static String of(Enum<?> constant) {
    return constant == CertificateState.VALID
        ? "good"
        : constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** How the word for {@code constant} looks. */
  public static Style style(Enum<?> constant) {
    if (GOOD.contains(constant)) {
      return Style.GOOD;
    }
    if (BAD.contains(constant)) {
      return Style.BAD;
    }
    return WAITING.contains(constant) ? Style.WAITING : Style.FAINT;
  }
}
