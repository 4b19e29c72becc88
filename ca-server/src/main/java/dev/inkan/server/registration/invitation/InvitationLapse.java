package dev.inkan.server.registration.invitation;

import java.time.Instant;
import java.util.Optional;

/** Why a letter to a master user no longer counts. */
public enum InvitationLapse {
  /** A registration with it was completed. */
  USED,
  /** Its time is over. */
  EXPIRED,
  /** A newer letter took its place. */
  REPLACED,
  /** The bank suspended or closed the organisation. */
  ORGANISATION_CLOSED;

  /** Why {@code invitation} does not count at {@code now}, if it does not. */
  static Optional<InvitationLapse> of(MasterInvitation invitation, Instant now) {
    if (invitation.isUsed()) {
      return Optional.of(USED);
    }
    return invitation.isOverAt(now) ? Optional.of(EXPIRED) : Optional.empty();
  }

  /** Why the letter of {@code loginId} does not count at {@code now}, if it does not. */
  public static Optional<InvitationLapse> of(
      InvitationStores stores, LoginId loginId, Instant now) {
    Optional<MasterInvitation> invitation = stores.invitations().find(loginId);
    if (invitation.isEmpty()) {
      return Optional.of(REPLACED);
    }
    String number = invitation.get().organisation().number();
    return stores.organisations().isOpen(number)
        ? of(invitation.get(), now)
        : Optional.of(ORGANISATION_CLOSED);
  }
}
