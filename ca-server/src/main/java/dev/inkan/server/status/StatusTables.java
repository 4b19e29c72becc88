package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.SerialNumber;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Statuses by issuing CA and serial number, so that none is told of another CA's certificate. Safe
 * for use by several threads.
 */
final class StatusTables {

  private final Map<CaName, StatusTable> tables = new ConcurrentHashMap<>();

  /** What is done with each entry. */
  @FunctionalInterface
  interface Visitor {
    void visit(CaName issuer, SerialNumber serialNumber, long status);
  }

  /** The status, or {@link PackedStatus#UNKNOWN}. */
  long find(CaName issuer, SerialNumber serialNumber) {
    StatusTable table = tables.get(issuer);
    return table == null ? PackedStatus.UNKNOWN : table.find(serialNumber);
  }

  /** Whoever asks after this returned is told {@code status}. */
  void put(CaName issuer, SerialNumber serialNumber, long status) {
    tables.computeIfAbsent(issuer, ca -> new StatusTable()).put(serialNumber, status);
  }

  /** Every entry, for the one writer. */
  void forEach(Visitor visitor) {
    tables.forEach(
        (issuer, table) ->
            table.forEach((serialNumber, status) -> visitor.visit(issuer, serialNumber, status)));
  }

  int size() {
    return tables.values().stream().mapToInt(StatusTable::size).sum();
  }
}
