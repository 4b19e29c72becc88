package dev.inkan.server.simulation;

import dev.inkan.server.registration.mail.MailNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the copy of the database tells. */
public interface Records {

  /** Everything that ends at {@code from} or later, in no order. */
  List<Ending> endingsFrom(Instant from);

  /** The user ID of the mail's reader; empty if it is nobody's yet. */
  Optional<String> readerOf(MailNumber number);
}
