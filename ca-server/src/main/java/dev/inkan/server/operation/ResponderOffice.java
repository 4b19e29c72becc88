package dev.inkan.server.operation;

import dev.inkan.core.audit.Actor;

/** Makes the OCSP responder's next key, where this server can. Thread-safe. */
@FunctionalInterface
public interface ResponderOffice {

  /** Makes another one now. */
  void renew(Actor by);
}
