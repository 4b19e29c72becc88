package dev.inkan.core.audit;

/**
 * Where events are written, in the transaction of what they tell: if the event cannot be written,
 * the act does not happen.
 */
public interface AuditTrail {

  /**
   * Appends {@code event}; throws if it cannot be written, so that the transaction ends with it.
   */
  void append(AuditEvent event);
}
