package dev.inkan.server.config;

import dev.inkan.server.config.Allowed.Lasting;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Certificate revocation lists (E2). */
public interface CrlConfig {

  /** Where they are published, beside HTTP. */
  @WithDefault("data/crl")
  Path folder();

  /** From one on schedule to the next; between them one follows each revocation. */
  @WithDefault("6h")
  @Lasting(min = "PT1M", max = "P7D")
  Duration every();

  /** From the signing to {@code nextUpdate}, after which gateways refuse everybody. */
  @WithDefault("72h")
  @Lasting(min = "PT3M", max = "P30D")
  Duration lifetime();

  /** Whether delta CRLs are published too. */
  @WithDefault("true")
  boolean delta();

  /** The same of the root's, whose key is not on the server. */
  @WithDefault("400d")
  @Lasting(min = "P1D", max = "P730D")
  Duration rootLifetime();
}
