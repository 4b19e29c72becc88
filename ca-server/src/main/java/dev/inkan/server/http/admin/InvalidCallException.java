package dev.inkan.server.http.admin;

import dev.inkan.server.operation.Refusal;

/** A request that cannot be taken. Nothing was changed. */
final class InvalidCallException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  InvalidCallException(Refusal refusal) {
    super(refusal.detail(), null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
