package dev.inkan.server.status;

/** The database no longer holds what this process has seen in it. */
public final class LedgerReplacedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LedgerReplacedException(String message) {
    super(message);
  }

  /** The ledger stands at {@code now} and does not hold {@code seen}. */
  public LedgerReplacedException(LedgerPoint seen, LedgerPoint now) {
    this(
        "the database went back, or is another: it was seen at change "
            + seen.change()
            + " and audit record "
            + seen.auditNumber()
            + ", is at "
            + now.change()
            + " and "
            + now.auditNumber()
            + " now and does not hold what was seen");
  }
}
