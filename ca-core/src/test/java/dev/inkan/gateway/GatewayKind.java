package dev.inkan.gateway;

/** The login gateways that we ship a configuration for, in its variants. */
public enum GatewayKind {
  NGINX_OCSP("nginx OCSP", true),
  NGINX_CRL("nginx CRL", false),
  APACHE_OCSP("Apache OCSP", true),
  APACHE_CRL("Apache CRL", false),
  HAPROXY_CRL("HAProxy CRL", false);

  private final String title;
  private final boolean ocsp;

  GatewayKind(String title, boolean ocsp) {
    this.title = title;
    this.ocsp = ocsp;
  }

  /** How tables call it. */
  public String title() {
    return title;
  }

  /** Whether it asks OCSP; otherwise it reads CRLs. */
  public boolean asksOcsp() {
    return ocsp;
  }

  /** Whether it refuses during the handshake, where no page can be shown. */
  public boolean refusesInTls() {
    return this == APACHE_OCSP || this == APACHE_CRL;
  }
}
