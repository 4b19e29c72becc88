package dev.inkan.server.store;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.status.CrlStore;
import dev.inkan.server.status.LedgerEntry;
import dev.inkan.server.status.LedgerPoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** A database that goes away at a chosen moment and stays away until it is brought back. */
final class BreakingCrlStore implements CrlStore {

  /** When it goes. */
  enum Moment {
    /** A number was taken, and nothing done with it. */
    AFTER_THE_NUMBER,
    /** The CRL is signed and handed to the database, which does not commit. */
    BEFORE_THE_COMMIT,
    /** The database committed it, and could not say so. */
    AFTER_THE_COMMIT,
    /** Half of it was fetched. */
    WHILE_IT_IS_FETCHED
  }

  private final CrlStore store;
  private final AtomicReference<Optional<Moment>> moment = new AtomicReference<>(Optional.empty());
  private final AtomicBoolean gone = new AtomicBoolean();

  BreakingCrlStore(CrlStore store) {
    this.store = store;
  }

  void breakAt(Moment at) {
    moment.set(Optional.of(at));
  }

  void bringBack() {
    moment.set(Optional.empty());
    gone.set(false);
  }

  boolean isGone() {
    return gone.get();
  }

  private void requireThere() {
    if (gone.get()) {
      throw new StoreUnavailableException("the database is gone", new IOException("refused"));
    }
  }

  private void pass(Moment here) {
    if (requireNonNull(moment.get()).filter(here::equals).isPresent()) {
      gone.set(true);
    }
    requireThere();
  }

  @Override
  public Standing look(CaName ca) {
    requireThere();
    return store.look(ca);
  }

  @Override
  public void requireHolds(LedgerPoint seen) {
    requireThere();
    store.requireHolds(seen);
  }

  @Override
  public void raise(CaName ca, CrlNumber used) {
    requireThere();
    store.raise(ca, used);
  }

  @Override
  public Optional<CrlNumber> take(CaName ca, Function<Standing, Optional<CrlNumber>> which) {
    requireThere();
    Optional<CrlNumber> taken = store.take(ca, which);
    pass(Moment.AFTER_THE_NUMBER);
    return taken;
  }

  @Override
  public boolean sign(CaName ca, CrlNumber number, Consumer<Signing> work) {
    requireThere();
    boolean signed =
        store.sign(
            ca,
            number,
            signing -> {
              work.accept(signing);
              pass(Moment.BEFORE_THE_COMMIT);
            });
    pass(Moment.AFTER_THE_COMMIT);
    return signed;
  }

  @Override
  public boolean read(CaName ca, CrlNumber number, Kind kind, OutputStream out) {
    requireThere();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    boolean found = store.read(ca, number, kind, whole);
    try {
      byte[] octets = whole.toByteArray();
      out.write(octets, 0, octets.length / 2);
      pass(Moment.WHILE_IT_IS_FETCHED);
      out.write(octets, octets.length / 2, octets.length - octets.length / 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  @Override
  public void forEachRevoked(CaName ca, Consumer<LedgerEntry> each) {
    requireThere();
    store.forEachRevoked(ca, each);
  }
}
