package dev.inkan.server.authority;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import java.util.Optional;

/** What happens to issuing CAs, in the audit trail. */
final class RolloverTrail {

  private final Host host;

  RolloverTrail(Host host) {
    this.host = host;
  }

  void write(AuthorityStores stores, AuditAction action, Generation which, String detail) {
    write(stores, action, which, Optional.empty(), detail);
  }

  void write(
      AuthorityStores stores,
      AuditAction action,
      Generation which,
      SerialNumber certificate,
      String detail) {
    write(stores, action, which, Optional.of(certificate), detail);
  }

  private void write(
      AuthorityStores stores,
      AuditAction action,
      Generation which,
      Optional<SerialNumber> certificate,
      String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                host.clock().instant(),
                new Actor(Actor.Kind.SYSTEM, host.node().value()),
                action,
                Optional.of(new SubscriberId(which.name().value())),
                certificate,
                detail));
  }
}
