package dev.inkan.server.demo;

import dev.inkan.server.http.web.AssetHandler;
import dev.inkan.server.http.web.Pages;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.MailListView;
import dev.inkan.server.http.web.view.MailView;
import dev.inkan.server.http.web.view.Page;
import dev.inkan.server.http.web.view.PresentedCertificate;
import dev.inkan.server.http.web.view.Site;
import dev.inkan.server.http.web.view.View;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.NotFoundResponse;
import java.util.Set;

/**
 * Shows the captured mailbox to browsers on this machine alone: {@code /}, {@code /mails/POSITION}
 * and, for programs, {@code /mails.json}. For the demonstration alone.
 */
public final class MailboxPage implements AutoCloseable {

  /** Where it is shown unless somebody says otherwise. */
  public static final int DEFAULT_PORT = 8025;

  private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1");
  private final CapturedMailbox mailbox;
  private final Pages pages;
  private final Page frame;
  private final JapaneseDates dates;
  private final Javalin javalin;

  private MailboxPage(CapturedMailbox mailbox, Site site, JapaneseDates dates) {
    this.mailbox = mailbox;
    this.pages = new Pages();
    this.frame = new Page(site, PresentedCertificate.none(), "");
    this.dates = dates;
    this.javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.startup.startupWatcherEnabled = false;
              config.routes.before(MailboxPage::admit);
              config.routes.get("/", this::list);
              config.routes.get("/mails/{position}", this::one);
              config.routes.get("/mails.json", this::json);
              config.routes.get("/assets/{name}", new AssetHandler());
            });
  }

  /**
   * Starts it on 127.0.0.1.
   *
   * @param site whose service the pages are headed with
   * @param port 0 for any free one
   */
  public static MailboxPage start(
      CapturedMailbox mailbox, Site site, JapaneseDates dates, int port) {
    MailboxPage page = new MailboxPage(mailbox, site, dates);
    page.javalin.start("127.0.0.1", port);
    return page;
  }

  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  /** A name that somebody else's page points at this machine must not read codes here. */
  private static void admit(Context context) {
    String host = context.req().getServerName();
    if (!HOSTS.contains(host)) {
      throw new ForbiddenResponse("only as localhost");
    }
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
    context.header(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'");
  }

  private void list(Context context) {
    html(context, new MailListView(frame, mailbox.mails().stream().map(this::shown).toList()));
  }

  private void one(Context context) {
    String position = context.pathParam("position");
    if (!position.matches("[0-9]{1,18}")) {
      throw new NotFoundResponse();
    }
    CapturedMail mail = mailbox.mail(Long.parseLong(position)).orElseThrow(NotFoundResponse::new);
    html(context, new MailView(frame, shown(mail)));
  }

  /** A mail as programs read it; the time in UTC, ISO 8601. */
  private record JsonMail(
      long position,
      String number,
      String messageId,
      String to,
      String subject,
      String receivedAt,
      String text) {

    static JsonMail of(CapturedMail mail) {
      return new JsonMail(
          mail.position(),
          mail.number(),
          mail.messageId(),
          mail.to(),
          mail.subject(),
          mail.receivedAt().toString(),
          mail.text());
    }
  }

  private void json(Context context) {
    context.json(mailbox.mails().stream().map(JsonMail::of).toList());
  }

  private MailView.Mail shown(CapturedMail mail) {
    return new MailView.Mail(
        mail.position(), mail.to(), mail.subject(), dates.dateTime(mail.receivedAt()), mail.text());
  }

  private void html(Context context, View view) {
    context.contentType("text/html; charset=utf-8").result(pages.render(view));
  }
}
