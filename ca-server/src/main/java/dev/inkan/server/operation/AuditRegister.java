package dev.inkan.server.operation;

import dev.inkan.core.api.ActivityCount;
import dev.inkan.core.api.AuditLine;
import dev.inkan.core.api.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The audit log as the bank's auditors look it up, inside one transaction. */
public interface AuditRegister {

  /** Events, the newest first. */
  Page<AuditLine> list(AuditSearch search, Paging paging);

  /** How often what happened from {@code from} until before {@code to}. */
  List<ActivityCount> counts(Instant from, Instant to);

  /** Which events somebody looks for; what is empty does not matter. */
  record AuditSearch(
      Optional<String> actor,
      Optional<String> action,
      Optional<String> serialNumber,
      Optional<String> userId,
      Optional<Instant> from,
      Optional<Instant> to) {}
}
