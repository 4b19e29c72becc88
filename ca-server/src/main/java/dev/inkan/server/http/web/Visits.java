package dev.inkan.server.http.web;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.Page;
import dev.inkan.server.http.web.view.PresentedCertificate;
import dev.inkan.server.http.web.view.Site;
import dev.inkan.server.registration.SessionToken;
import dev.inkan.server.registration.Sessions;
import dev.inkan.server.tls.ClientCertificate;
import dev.inkan.server.tls.ClientCertificateReader;
import io.javalin.http.Context;
import java.security.cert.X509Certificate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises who comes: the browser by its cookie, the certificate by the ledger. */
final class Visits {

  private static final String CHAIN = "jakarta.servlet.request.X509Certificate";
  private static final String VISIT = Visit.class.getName();
  private static final Pattern COMMON_NAME =
      Pattern.compile("(?:^|,)CN=([A-Za-z0-9]{6,12})(?:,|$)");

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
    X509Certificate @Nullable [] chain = (X509Certificate[]) ctx.req().getAttribute(CHAIN);
    ClientCertificate certificate = certificates.read(chain);
    Page page = new Page(site, describe(certificate, chain), token.csrfToken());
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

  private PresentedCertificate describe(
      ClientCertificate certificate, X509Certificate @Nullable [] chain) {
    if (certificate instanceof ClientCertificate.Valid it) {
      return PresentedCertificate.valid(commonName(chain), lastDay(it.entry()));
    } else if (certificate instanceof ClientCertificate.Expired it) {
      return PresentedCertificate.expired(commonName(chain), lastDay(it.entry()));
    } else if (certificate instanceof ClientCertificate.Revoked) {
      return PresentedCertificate.revoked(commonName(chain));
    } else if (certificate instanceof ClientCertificate.Foreign) {
      return PresentedCertificate.foreign();
    }
    return PresentedCertificate.none();
  }

  private String lastDay(CertificateRecord entry) {
    return dates.date(entry.validity().notAfter());
  }

  // The ledger vouches for the certificate before this is asked, so its name is one of ours.
  private static String commonName(X509Certificate @Nullable [] chain) {
    if (chain == null) {
      return "";
    }
    Matcher name = COMMON_NAME.matcher(chain[0].getSubjectX500Principal().getName());
    return name.find() ? name.group(1) : "";
  }
}
