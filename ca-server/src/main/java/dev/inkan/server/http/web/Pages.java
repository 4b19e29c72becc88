package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.View;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/**
 * Turns a {@link View} into HTML with the templates compiled at build time. What a view carries is
 * escaped by the engine for the place it stands in. Thread-safe.
 */
public final class Pages {

  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

  /** The whole document, from {@code <!doctype html>} on. */
  public String render(View view) {
    StringOutput out = new StringOutput(16 * 1024);
    engine.render(view.template(), view, out);
    return out.toString();
  }
}
