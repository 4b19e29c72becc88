package dev.inkan.server.config;

import dev.inkan.server.config.Allowed.Between;
import dev.inkan.server.config.Allowed.Form;
import io.smallrye.config.WithDefault;

/** The listener for whoever watches the server: health and figures, without any log-in. */
public interface ManagementConfig {

  @WithDefault("127.0.0.1")
  @Form(pattern = ConfigFile.HOST, says = "a host name or an IP address")
  String host();

  @WithDefault("9090")
  @Between(min = 0, max = 65_535)
  int port();
}
