package dev.inkan.server.client;

import java.net.URI;
import java.nio.file.Path;

/**
 * What clients are given: files in one folder, and where the responder is.
 *
 * @param folder {@code root.pem}, {@code issuing.pem}, {@code chain.pem} of both; {@code
 *     foreign.pem} of the CA of the same name; {@code root.crl}, {@code base.crl}, {@code full.crl}
 *     and {@code delta.crl}, which builds on {@code base.crl}; clients put files of theirs there
 */
public record Site(Path folder, URI ocsp) {

  public Path root() {
    return folder.resolve("root.pem");
  }

  public Path issuing() {
    return folder.resolve("issuing.pem");
  }

  public Path chain() {
    return folder.resolve("chain.pem");
  }

  /** The issuer of this certificate. */
  public Path issuerOf(Leaf leaf) {
    return leaf.foreign() ? folder.resolve("foreign.pem") : issuing();
  }

  /** A CRL in DER. */
  public Path crl(String name) {
    return folder.resolve(name + ".crl");
  }

  /** The same in PEM. */
  public Path crlPem(String name) {
    return folder.resolve(name + "-crl.pem");
  }
}
