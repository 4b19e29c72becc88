package dev.inkan.server.tls;

import static java.util.Objects.requireNonNull;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The key that a listener shows, another of which can take its place while the listener runs. JSSE
 * asks for a name first and for key and chain by that name afterwards: a handshake under way goes
 * on with the key that it began with. Safe for use by several threads.
 */
final class ReplaceableKeys extends X509ExtendedKeyManager {

  private final AtomicReference<Generation> current;

  /** One key; {@code before} is for the handshakes that are under way. */
  private record Generation(int number, X509ExtendedKeyManager keys, @Nullable Generation before) {

    Generation next(X509ExtendedKeyManager newer) {
      return new Generation(number + 1, newer, new Generation(number, keys, null));
    }

    @Nullable Generation named(String alias) {
      if (alias.startsWith(number + ":")) {
        return this;
      }
      return before == null ? null : before.named(alias);
    }

    @Nullable String name(@Nullable String alias) {
      return alias == null ? null : number + ":" + alias;
    }

    static String bare(String alias) {
      return alias.substring(alias.indexOf(':') + 1);
    }
  }

  ReplaceableKeys(X509ExtendedKeyManager keys) {
    this.current = new AtomicReference<>(new Generation(0, keys, null));
  }

  /** New handshakes take the newer's key. */
  void replaceBy(ReplaceableKeys newer) {
    Generation theirs = requireNonNull(newer.current.get());
    Generation unused = current.updateAndGet(before -> requireNonNull(before).next(theirs.keys()));
  }

  private Generation now() {
    return requireNonNull(current.get());
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    Generation now = now();
    return now.name(now.keys().chooseEngineServerAlias(keyType, issuers, engine));
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    Generation now = now();
    return now.name(now.keys().chooseServerAlias(keyType, issuers, socket));
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    Generation named = now().named(alias);
    return named == null ? null : named.keys().getCertificateChain(Generation.bare(alias));
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    Generation named = now().named(alias);
    return named == null ? null : named.keys().getPrivateKey(Generation.bare(alias));
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    String[] aliases = now().keys().getServerAliases(keyType, issuers);
    if (aliases == null) {
      return null;
    }
    String[] names = new String[aliases.length];
    for (int i = 0; i < aliases.length; i++) {
      names[i] = now().number() + ":" + aliases[i];
    }
    return names;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null; // a listener is nobody's client
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
