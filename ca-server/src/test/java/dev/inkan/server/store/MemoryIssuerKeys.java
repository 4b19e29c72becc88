package dev.inkan.server.store;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.SigningKeyMaker;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.IssuerKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Issuing keys in memory, which can fail when a test says so. */
final class MemoryIssuerKeys implements IssuerKeys {

  private final Map<Integer, Credential> keys = new HashMap<>();
  private final Map<Integer, Credential> awaited = new HashMap<>();
  private final Der root;
  private final SigningKeyMaker maker;
  private Runnable whenMade = () -> {};
  private boolean fails;

  MemoryIssuerKeys(Der root, SigningKeyMaker maker) {
    this.root = root;
    this.maker = maker;
  }

  void whenMade(Runnable action) {
    whenMade = action;
  }

  void failAfterWriting() {
    fails = true;
  }

  Set<Integer> awaited() {
    return Set.copyOf(awaited.keySet());
  }

  /** The certificate that was written last. */
  Der written() {
    return keys.values().iterator().next().certificate();
  }

  @Override
  public String place(int number) {
    return "memory " + number;
  }

  @Override
  public Credential open(Generation generation) {
    return Optional.ofNullable(keys.get(generation.number())).orElseThrow();
  }

  @Override
  public void requireNone(int number) {
    if (keys.containsKey(number) || awaited.containsKey(number)) {
      throw new IllegalStateException("there is a key of number " + number);
    }
  }

  @Override
  public SigningKeyMaker maker(int number) {
    whenMade.run();
    return maker;
  }

  @Override
  public Credential keep(int number, Credential made) {
    awaited.put(number, made);
    return made;
  }

  @Override
  public Credential openAwaited(int number) {
    return Optional.ofNullable(awaited.get(number))
        .or(() -> Optional.ofNullable(keys.get(number)))
        .orElseThrow();
  }

  @Override
  public Credential certify(int number, List<Der> chain) {
    Credential certified = openAwaited(number).certified("issuing-" + number, chain);
    keys.put(number, certified);
    awaited.remove(number);
    if (fails) {
      fails = false;
      throw new IllegalStateException("the disk is full");
    }
    return certified;
  }

  @Override
  public Der root() {
    return root;
  }
}
