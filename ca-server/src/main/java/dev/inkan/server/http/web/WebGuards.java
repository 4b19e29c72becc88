package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.Failure;
import dev.inkan.server.http.web.view.WayBack;
import dev.inkan.server.registration.secret.SessionToken;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes before its handler: is it for us, is it from our own page, and what the
 * browser is told about the answer (S3, S4).
 */
final class WebGuards {

  private static final String FORM_TYPE = "application/x-www-form-urlencoded";
  private static final String FORM = Form.class.getName();

  private final String authority;
  private final String origin;
  private final SecurityHeaders headers;

  /**
   * @param publicUrl where browsers reach this listener
   */
  WebGuards(URI publicUrl, SecurityHeaders headers) {
    this.headers = headers;
    this.origin = publicUrl.getScheme() + "://" + publicUrl.getAuthority();
    this.authority = publicUrl.getAuthority();
  }

  /** Headers for every answer, errors included. */
  void secureHeaders(Context ctx) {
    headers.writeTo(ctx::header);
  }

  /** Links are made from configuration alone; a request for another name is not answered. */
  void requireOurHost(Context ctx) {
    String host = Optional.ofNullable(ctx.header("Host")).orElse("");
    if (!host.toLowerCase(Locale.ROOT).equals(authority)) {
      throw new RequestFailure(Failure.MISDIRECTED, WayBack.MENU);
    }
  }

  /** A POST must be a form of ours, sent from a page of ours to this very browser. */
  void requireOurForm(Context ctx) {
    if (!ctx.method().equals(HandlerType.POST)) {
      return;
    }
    if (!isForm(ctx.contentType())) {
      throw new RequestFailure(Failure.UNSUPPORTED_MEDIA, WayBack.MENU);
    }
    Optional<String> sender = Optional.ofNullable(ctx.header("Origin"));
    if (sender.isPresent() && !sender.get().equals(origin)) {
      throw staleForm();
    }
    Form form = Form.parse(ctx.bodyAsBytes());
    SessionToken token = SessionCookie.read(ctx).orElseThrow(WebGuards::staleForm);
    if (!token.acceptsCsrf(form.value("csrf"))) {
      throw staleForm();
    }
    ctx.attribute(FORM, form);
  }

  /** The form that {@link #requireOurForm} let pass. */
  static Form form(Context ctx) {
    @Nullable Form form = ctx.attribute(FORM);
    if (form == null) {
      throw new IllegalStateException("the route takes no form");
    }
    return form;
  }

  private static boolean isForm(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String type = contentType.toLowerCase(Locale.ROOT).replace(" ", "");
    return type.equals(FORM_TYPE) || type.equals(FORM_TYPE + ";charset=utf-8");
  }

  private static RequestFailure staleForm() {
    return new RequestFailure(Failure.STALE_FORM, WayBack.MENU);
  }
}
