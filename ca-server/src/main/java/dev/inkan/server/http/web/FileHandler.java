package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.IssueRefusals;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.registration.application.ApplicationView;
import dev.inkan.server.registration.application.IssuedFile;
import dev.inkan.server.registration.certificate.FileDelivery;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

/** ⑧ The PKCS#12 itself (A11, B16), for the browser it was made for. */
final class FileHandler implements Handler {

  private final Visits visits;
  private final Screens screens;
  private final OpenApplication open;
  private final FileDelivery delivery;
  private final JapaneseDates dates;
  private final Clock clock;

  FileHandler(
      Visits visits,
      Screens screens,
      OpenApplication open,
      FileDelivery delivery,
      JapaneseDates dates,
      Clock clock) {
    this.visits = visits;
    this.screens = screens;
    this.open = open;
    this.delivery = delivery;
    this.dates = dates;
    this.clock = clock;
  }

  @Override
  public void handle(Context ctx) throws IOException {
    Visit visit = visits.of(ctx);
    Optional<FileDelivery.Download> download = delivery.open(visit.token());
    if (download.isPresent()) {
      send(ctx, download.get());
    } else {
      refuse(ctx, visit);
    }
  }

  private void send(Context ctx, FileDelivery.Download download) throws IOException {
    byte[] pfx = download.pfx();
    try {
      ctx.contentType("application/x-pkcs12")
          .header("Content-Disposition", "attachment; filename=\"" + download.name() + "\"")
          .header("Content-Length", Integer.toString(pfx.length))
          // Internet Explorer's engine cannot save what must not be stored at all.
          .header("Cache-Control", "private, no-store");
      OutputStream out = ctx.outputStream();
      out.write(pfx);
      out.flush();
    } finally {
      Arrays.fill(pfx, (byte) 0);
    }
    delivery.delivered(download);
  }

  private void refuse(Context ctx, Visit visit) {
    ApplicationView view = open.of(visit);
    Optional<IssuedFile> file = view.application().file();
    if (file.isEmpty()) {
      Screens.goTo(ctx, "/issue/progress");
      return;
    }
    String until = dates.clock(file.get().until(), clock.instant());
    screens.refuse(ctx, visit.page(), IssueRefusals.fileGone(until));
  }
}
