package dev.inkan.e2e;

import dev.inkan.e2e.Command.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Independent readers of a PKCS#12 file and verifiers of a certificate. Each says what the tool
 * said; a wrong password or a broken file is an exit status other than 0.
 */
final class Readers {

  /** Debian's own, which sees Debian's cryptography package. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final String PYTHON_READER =
      """
      import sys
      from cryptography.hazmat.primitives.serialization import pkcs12
      with open(sys.argv[1], "rb") as f:
          p = pkcs12.load_pkcs12(f.read(), sys.argv[2].encode("ascii"))
      print("key", p.key.key_size)
      print("leaf", p.cert.certificate.subject.rfc4514_string())
      print("friendlyName", p.cert.friendly_name)
      for c in p.additional_certs:
          print("chain", c.certificate.subject.rfc4514_string())
      """;

  private Readers() {}

  static Outcome openssl(Path file, String password) {
    return Command.run(
        "openssl", "pkcs12", "-info", "-nodes", "-in", text(file), "-passin", "pass:" + password);
  }

  static Outcome nss(Path file, String password) {
    return Command.run("pk12util", "-l", text(file), "-W", password);
  }

  /** {@code certtool} shows the bags even when the MAC is wrong and ends with 0: told by text. */
  static Outcome gnutls(Path file, String password) {
    Outcome said =
        Command.run(
            "certtool", "--p12-info", "--inder", "--infile", text(file), "--password", password);
    boolean wrong =
        said.output().contains("There were errors parsing the structure")
            || said.output().contains("verify_mac:");
    return wrong ? new Outcome(1, said.output()) : said;
  }

  static Outcome jdk(Path file, String password) {
    return Command.run(
        Map.of("P12_PASSWORD", password),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-J-Duser.language=en",
            "-list",
            "-v",
            "-storetype",
            "PKCS12",
            "-keystore",
            text(file),
            "-storepass:env",
            "P12_PASSWORD"));
  }

  static Outcome python(Path file, String password) {
    return Command.run(PYTHON, "-c", PYTHON_READER, text(file), password);
  }

  /** Verifies a PEM leaf for TLS client authentication up to {@code root}. */
  static Outcome verify(Path root, Path intermediates, Path leaf) {
    return verify(root, intermediates, leaf, "sslclient");
  }

  /** The same for another purpose, as {@code openssl verify} names them. */
  static Outcome verify(Path root, Path intermediates, Path leaf, String purpose) {
    return Command.run(
        "openssl",
        "verify",
        "-x509_strict",
        "-purpose",
        purpose,
        "-CAfile",
        text(root),
        "-untrusted",
        text(intermediates),
        text(leaf));
  }

  /** Writes the file's leaf as PEM beside it. */
  static Path leaf(Path file, String password) {
    return certificates(file, password, "-clcerts", ".leaf.pem");
  }

  /** Writes the CA certificates inside the file as PEM beside it. */
  static Path chain(Path file, String password) {
    return certificates(file, password, "-cacerts", ".chain.pem");
  }

  private static Path certificates(Path file, String password, String which, String suffix) {
    Path pem = file.resolveSibling(file.getFileName() + suffix);
    Command.run(
            "openssl",
            "pkcs12",
            "-in",
            text(file),
            "-nokeys",
            which,
            "-passin",
            "pass:" + password,
            "-out",
            text(pem))
        .orFail();
    return pem;
  }

  /** {@code notAfter} of a PEM certificate as openssl prints it, in ISO form. */
  static String notAfter(Path pem) {
    return Command.run(
            "openssl", "x509", "-noout", "-enddate", "-dateopt", "iso_8601", "-in", text(pem))
        .orFail()
        .output()
        .strip();
  }

  static byte[] octets(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }

  private static String text(Path file) {
    return file.toString();
  }
}
