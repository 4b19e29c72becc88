package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.Failure;
import dev.inkan.server.http.web.view.WayBack;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The style sheet, the script and the mark: a closed list, read once. */
public final class AssetHandler implements Handler {

  private static final Map<String, String> TYPES =
      Map.of(
          "style.css", "text/css; charset=utf-8",
          "inkan.js", "text/javascript; charset=utf-8",
          "seal.svg", "image/svg+xml",
          "seal.png", "image/png");

  private final Map<String, byte[]> assets = new HashMap<>();

  /** Reads every asset. */
  public AssetHandler() {
    TYPES.keySet().forEach(name -> assets.put(name, read(name)));
  }

  private static byte[] read(String name) {
    try (InputStream in = AssetHandler.class.getResourceAsStream("/web/" + name)) {
      if (in == null) {
        throw new IllegalStateException("web/" + name + " is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void handle(Context ctx) {
    String name = ctx.pathParam("name");
    byte @Nullable [] asset = assets.get(name);
    if (asset == null) {
      throw new RequestFailure(Failure.NOT_FOUND, WayBack.MENU);
    }
    ctx.contentType(TYPES.get(name)).header("Cache-Control", "max-age=300").result(asset);
  }
}
