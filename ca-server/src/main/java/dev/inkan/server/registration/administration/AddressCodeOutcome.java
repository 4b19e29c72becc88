package dev.inkan.server.registration.administration;

import dev.inkan.server.registration.user.MailAddress;

/** What became of a code for a new address. */
public sealed interface AddressCodeOutcome {

  /** It is right: the address is the registered one, and the old one was told. */
  record Changed(MailAddress mail) implements AddressCodeOutcome {}

  /** It is wrong; so many tries are left. */
  record Wrong(int triesLeft) implements AddressCodeOutcome {}

  /** Too many wrong codes: this one no longer counts, and the change starts again. */
  record Voided() implements AddressCodeOutcome {}

  /** Its time is over. */
  record Expired() implements AddressCodeOutcome {}

  /** No change is under way: it was made, ended or cancelled elsewhere. */
  record NoChange() implements AddressCodeOutcome {}
}
