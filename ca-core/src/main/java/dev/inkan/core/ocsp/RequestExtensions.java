package dev.inkan.core.ocsp;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The extensions of a request. One that is not known is ignored, unless it is critical.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6960#section-4.4">RFC 6960, section 4.4</a>
 */
final class RequestExtensions {

  /** 1.3.6.1.5.5.7.48.1, below which OCSP's own extensions are numbered. */
  private static final String OCSP = "2b06010505073001";

  private static final String NONCE = OCSP + "02";

  /** Nonce, acceptable responses, preferred signature algorithms: this one answers all the same. */
  private static final Set<String> KNOWN = Set.of(NONCE, OCSP + "04", OCSP + "08");

  /** Service locator: the answer is not to be fetched from elsewhere. */
  private static final Set<String> KNOWN_OF_SINGLE = Set.of(OCSP + "07");

  private RequestExtensions() {}

  static Optional<Nonce> nonce(DerElement extensions) throws MalformedDerException {
    return read(extensions, KNOWN);
  }

  static void checkSingle(DerElement extensions) throws MalformedDerException {
    Optional<Nonce> unused = read(extensions, KNOWN_OF_SINGLE);
  }

  private static Optional<Nonce> read(DerElement extensions, Set<String> known)
      throws MalformedDerException {
    Optional<Nonce> nonce = Optional.empty();
    Set<String> seen = new HashSet<>();
    DerElement extension = extensions.require(DerElement.SEQUENCE).first();
    while (true) {
      DerElement identifier = extension.require(DerElement.SEQUENCE).first().requireIdentifier();
      String name = HexFormat.of().formatHex(identifier.copyOfContent());
      DerElement value = identifier.nextIn(extension);
      boolean critical = value.is(DerElement.BOOLEAN);
      if (critical) {
        requireTrue(value);
        value = value.nextIn(extension);
      }
      if (!value.require(DerElement.OCTET_STRING).isLastIn(extension) || !seen.add(name)) {
        throw new MalformedDerException("an extension too long or there twice");
      }
      if (critical && !known.contains(name)) {
        throw new MalformedDerException("a critical extension that is not known");
      }
      if (name.equals(NONCE) && known.contains(NONCE)) {
        nonce = Optional.of(Nonce.of(value.only().require(DerElement.OCTET_STRING)));
      }
      if (extension.isLastIn(extensions)) {
        return nonce;
      }
      extension = extension.nextIn(extensions);
    }
  }

  private static void requireTrue(DerElement critical) throws MalformedDerException {
    if (critical.length() != 1 || critical.contentAt(0) != -1) {
      throw new MalformedDerException("a truth value that is not DER's true");
    }
  }
}
