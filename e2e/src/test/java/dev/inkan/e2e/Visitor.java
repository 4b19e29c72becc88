package dev.inkan.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A person at a computer: a home folder with a certificate store of its own (NSS), which Chromium
 * reads when it starts.
 *
 * @param home the visitor's home folder
 */
record Visitor(Path home) {

  /** A visitor without any certificate. */
  static Visitor in(Path home) {
    Path store = home.resolve(".pki").resolve("nssdb");
    try {
      Files.createDirectories(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Command.run("certutil", "-N", "-d", "sql:" + store, "--empty-password").orFail();
    return new Visitor(home);
  }

  /** Imports a file as the import wizard would (step ⑨). A browser opened afterwards has it. */
  Visitor importing(Path pkcs12, String password) {
    Command.run("pk12util", "-i", pkcs12.toString(), "-d", database(), "-W", password).orFail();
    return this;
  }

  /** What the certificate store holds, as {@code certutil} lists it. */
  String certificates() {
    return Command.run("certutil", "-L", "-d", database()).orFail().output();
  }

  private String database() {
    return "sql:" + home.resolve(".pki").resolve("nssdb");
  }
}
