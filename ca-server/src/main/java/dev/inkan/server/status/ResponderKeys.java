package dev.inkan.server.status;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.ocsp.OcspResponder;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The key of one issuing CA's responder that answers are signed with at this moment; another may
 * take its place at any time. Safe for use by several threads.
 */
public final class ResponderKeys {

  private final CaName issuer;
  private final AtomicReference<Optional<OcspResponder>> current =
      new AtomicReference<>(Optional.empty());

  /**
   * @param issuer whose certificates it answers about
   */
  public ResponderKeys(CaName issuer) {
    this.issuer = issuer;
  }

  /** The CA whose certificates it answers about. */
  public CaName issuer() {
    return issuer;
  }

  /** The responder, if there is one whose certificate is valid at {@code now}. */
  Optional<OcspResponder> at(Instant now) {
    Optional<OcspResponder> responder = requireNonNull(current.get());
    return responder.isPresent() && responder.get().validity().contains(now)
        ? responder
        : Optional.empty();
  }

  /** Puts {@code responder} in the place of the one before. */
  public void use(OcspResponder responder) {
    current.set(Optional.of(responder));
  }

  /** The responder, whether its certificate is valid or not. */
  public Optional<OcspResponder> current() {
    return requireNonNull(current.get());
  }
}
