package dev.inkan.server.tls;

/**
 * Which TLS we speak: the high-security profile of IPA's TLS guide, as far as IE mode on Windows 10
 * can follow, which means TLS 1.2 with ECDHE and AES-GCM.
 */
final class TlsProfile {

  static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** Forward-secret and authenticated, in our order of preference. */
  static final String[] CIPHER_SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
  };

  private TlsProfile() {}
}
