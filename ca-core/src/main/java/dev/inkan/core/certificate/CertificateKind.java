package dev.inkan.core.certificate;

/** What a certificate is for. One kind never works in another's place. */
public enum CertificateKind {
  ROOT,
  ISSUING_CA,
  SUBSCRIBER,
  OPERATOR,
  OCSP_RESPONDER,
  TLS_SERVER,
  AUDIT
}
