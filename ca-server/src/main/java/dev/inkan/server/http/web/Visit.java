package dev.inkan.server.http.web;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.server.http.web.view.Page;
import dev.inkan.server.registration.access.LogIn;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.tls.ClientCertificate;
import java.util.Optional;

/**
 * One request of one browser.
 *
 * @param token the browser's, known to the server or not
 * @param certificate what it showed, in TLS or to the gateway
 * @param page what every screen for it carries
 */
record Visit(SessionToken token, ClientCertificate certificate, Page page) {

  /** The certificate, if it may log in. */
  Optional<LogIn.Presented> presented() {
    return certificate instanceof ClientCertificate.Valid valid
        ? Optional.of(new LogIn.Presented(valid.entry(), Fingerprint.of(valid.encoded())))
        : Optional.empty();
  }
}
