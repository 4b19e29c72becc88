package dev.inkan.server.http.web;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.Page;
import dev.inkan.server.http.web.view.PresentedCertificate;
import dev.inkan.server.http.web.view.Site;
import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.tls.ClientCertificate;
import dev.inkan.server.tls.ClientCertificateReader;
import dev.inkan.server.tls.ShownCertificate;
import io.javalin.http.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recognises who comes: the browser by its cookie, the certificate by the ledger. */
final class Visits {

  private static final String VISIT = Visit.class.getName();

  private final Sessions sessions;
  private final ClientCertificateReader certificates;
  private final Site site;
  private final JapaneseDates dates;

  Visits(Sessions sessions, ClientCertificateReader certificates, Site site, JapaneseDates dates) {
    this.sessions = sessions;
    this.certificates = certificates;
    this.site = site;
    this.dates = dates;
  }

  /** The visit of this request; a browser without a token gets one. */
  Visit of(Context ctx) {
    @Nullable Visit known = ctx.attribute(VISIT);
    if (known != null) {
      return known;
    }
    SessionToken token = SessionCookie.read(ctx).orElseGet(() -> newToken(ctx));
    Optional<ShownCertificate> shown = ShownCertificate.in(ctx.req()::getAttribute);
    ClientCertificate certificate = certificates.read(shown);
    String name = shown.map(ShownCertificate::commonName).orElse("");
    Page page = new Page(site, describe(certificate, name), token.csrfToken());
    Visit visit = new Visit(token, certificate, page);
    ctx.attribute(VISIT, visit);
    return visit;
  }

  private SessionToken newToken(Context ctx) {
    SessionToken token = sessions.newToken();
    SessionCookie.write(ctx, token);
    return token;
  }

  /** What a page says where nobody can be recognised, because something failed before. */
  Page anonymousPage() {
    return new Page(site, PresentedCertificate.none(), "");
  }

  // The ledger vouched for a certificate of ours before its name is shown.
  private PresentedCertificate describe(ClientCertificate certificate, String name) {
    if (certificate instanceof ClientCertificate.Valid it) {
      return PresentedCertificate.valid(name, lastDay(it.entry()));
    } else if (certificate instanceof ClientCertificate.Expired it) {
      return PresentedCertificate.expired(name, lastDay(it.entry()));
    } else if (certificate instanceof ClientCertificate.Revoked) {
      return PresentedCertificate.revoked(name);
    } else if (certificate instanceof ClientCertificate.Foreign) {
      return PresentedCertificate.foreign();
    }
    return PresentedCertificate.none();
  }

  private String lastDay(CertificateRecord entry) {
    return dates.date(entry.validity().notAfter());
  }
}
