package dev.inkan.core.ocsp;

/** Octets that are no DER, or not of the shape that was wanted. Never leaves this room. */
final class MalformedDerException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedDerException(String what) {
    super(what, null, false, false); // strangers provoke it at will: no stack trace
  }
}
