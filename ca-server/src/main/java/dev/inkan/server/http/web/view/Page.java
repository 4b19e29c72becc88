package dev.inkan.server.http.web.view;

/**
 * What every screen carries.
 *
 * @param site whose service this is
 * @param presented the client certificate that the browser showed in TLS
 * @param csrf the session's token, put into every form
 */
public record Page(Site site, PresentedCertificate presented, String csrf) {

  @Override
  public String toString() {
    return "Page[" + site.serviceName() + "]";
  }
}
