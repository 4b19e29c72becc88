package dev.inkan.core.crl;

/** What should be a CRL of this CA is none: cut, altered, or signed by another. */
public final class CrlDamagedException extends Exception {

  private static final long serialVersionUID = 1L;

  CrlDamagedException(String what) {
    super(what);
  }

  CrlDamagedException(String what, Throwable cause) {
    super(what, cause);
  }
}
