package dev.inkan.core.audit;

/**
 * Something in an audit trail that cannot be as it was written.
 *
 * @param number the record or checkpoint it is about; of several the first
 * @param sentence what is wrong, in English, with the number in it
 */
public record AuditFinding(Kind kind, long number, String sentence) {

  /** Which sort of alteration. */
  public enum Kind {
    /** A record does not fit the one before it: one of both was changed. */
    CHANGED,
    /** Records are missing before this number, or after it until the end. */
    MISSING,
    /** A record stands where it does not belong: inserted, repeated or moved. */
    OUT_OF_PLACE,
    /** The chain is whole and yet not the one that was signed: it was written anew. */
    CONTRADICTS_CHECKPOINT,
    /** No audit key of this CA signed the checkpoint as it is. */
    CHECKPOINT_NOT_SIGNED,
    /** A checkpoint is missing, or stands where it does not belong. */
    CHECKPOINT_OUT_OF_PLACE,
    /** The export ends before its own end. */
    CUT
  }
}
