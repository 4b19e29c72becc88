package dev.inkan.server.key;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.key.Passphrase;
import dev.inkan.core.key.PassphraseShares;
import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.config.PassphraseSource;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Gets the passphrases that open keys, and PINs, from where the configuration says. */
final class Passphrases {

  private final Terminal terminal;
  private final SecureRandom random;
  private final SharePlan plan;

  Passphrases(Terminal terminal, SecureRandom random, SharePlan plan) {
    this.terminal = terminal;
    this.random = random;
    this.plan = plan;
  }

  /**
   * The passphrase, which the caller closes.
   *
   * @param what how a prompt calls it
   * @throws ConfigurationException if it cannot be had
   */
  Passphrase of(PassphraseSource source, String what) {
    if (source.file().isPresent()) {
      return source.file().get().passphrase();
    }
    return source instanceof PassphraseSource.Shares
        ? join(what)
        : passphrase(ask("Enter the " + what + ": ", what), what);
  }

  /** The same again and again: read anew from a file, asked for once at the terminal. */
  Supplier<Passphrase> remembering(PassphraseSource source, String what) {
    AtomicReference<Optional<Passphrase>> typed = new AtomicReference<>(Optional.empty());
    return () -> {
      if (source.file().isPresent()) {
        return of(source, what);
      }
      synchronized (typed) {
        Passphrase kept = requireNonNull(typed.get()).orElseGet(() -> of(source, what));
        typed.set(Optional.of(kept));
        char[] copy = kept.toCharArray();
        try {
          return Passphrase.copyOf(copy);
        } finally {
          Arrays.fill(copy, '\0');
        }
      }
    };
  }

  /** A passphrase for a key that is being made: typed twice, or shown in shares. */
  Passphrase ofNew(PassphraseSource source, String what) {
    return source instanceof PassphraseSource.Shares ? split(what) : typedTwice(what);
  }

  private Passphrase typedTwice(String what) {
    char[] first = ask("Choose the " + what + ": ", what);
    char[] second = ask("Enter it again: ", what);
    try {
      if (!Arrays.equals(first, second)) {
        throw refused("the " + what + " was not typed twice the same; nothing was changed");
      }
      return passphrase(first, what);
    } finally {
      Arrays.fill(second, '\0');
    }
  }

  private Passphrase split(String what) {
    PassphraseShares.Made made = PassphraseShares.make(plan.shares(), plan.threshold(), random);
    int number = 0;
    for (String share : made.shares()) {
      number++;
      String text =
          "Share %d of %d of the %s, for its keeper alone; any %d open it:%n%n  %s%n"
              .formatted(number, plan.shares(), what, plan.threshold(), share);
      if (!terminal.show(text)) {
        throw noTerminal("shares of the " + what + " are to be shown");
      }
    }
    return made.passphrase();
  }

  private Passphrase join(String what) {
    List<char[]> shares = new ArrayList<>();
    try {
      int needed = 1;
      while (shares.size() < needed) {
        char[] share = ask("Share " + (shares.size() + 1) + " of the " + what + ": ", what);
        shares.add(share);
        needed = PassphraseShares.thresholdOf(share);
      }
      return PassphraseShares.join(shares);
    } catch (IllegalArgumentException e) {
      throw refused("the " + what + " is not opened: " + e.getMessage());
    } finally {
      shares.forEach(share -> Arrays.fill(share, '\0'));
    }
  }

  private char[] ask(String prompt, String what) {
    return terminal
        .readSecret(prompt)
        .orElseThrow(() -> noTerminal("the " + what + " is to be typed"));
  }

  private static Passphrase passphrase(char[] typed, String what) {
    try {
      return Passphrase.copyOf(typed);
    } catch (IllegalArgumentException e) {
      throw refused("the " + what + ": " + e.getMessage());
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private static ConfigurationException noTerminal(String what) {
    return refused(
        what
            + ", and there is no terminal: start this from one, or configure a file or"
            + " credential:NAME");
  }

  private static ConfigurationException refused(String what) {
    return new ConfigurationException(List.of(what));
  }
}
