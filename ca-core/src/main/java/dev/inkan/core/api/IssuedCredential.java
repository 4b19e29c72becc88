package dev.inkan.core.api;

/**
 * An operator's new key and certificate: the only time that they leave the server.
 *
 * @param pkcs12 the file in base64
 * @param passphrase what it opens with; never shown again
 */
public record IssuedCredential(
    Operator operator, String fileName, String pkcs12, String passphrase) {
  @Override
  public String toString() {
    return "IssuedCredential[" + operator.name() + ", redacted]";
  }
}
