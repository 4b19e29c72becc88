package dev.inkan.server.doctor;

import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.Role;
import dev.inkan.server.config.Roles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The ports that the server will listen on: free, or held by the server itself. */
final class PortExamination implements Examination {

  private static final String PART = "ports";

  private final InkanConfig config;
  private final boolean running;

  /**
   * @param running whether our own server holds them
   */
  PortExamination(InkanConfig config, boolean running) {
    this.config = config;
    this.running = running;
  }

  @Override
  public List<Finding> examine() {
    if (running) {
      return List.of(Finding.ok(PART, "the running server listens"));
    }
    List<Finding> findings = new ArrayList<>();
    Roles roles = config.roles();
    if (roles.has(Role.WEB)) {
      findings.add(port("web", config.web().host(), config.web().port()));
    }
    if (roles.has(Role.STATUS)) {
      findings.add(port("status", config.status().host(), config.status().port()));
    }
    if (roles.has(Role.ADMIN)) {
      findings.add(port("admin", config.admin().host(), config.admin().port()));
    }
    findings.add(port("management", config.management().host(), config.management().port()));
    return findings;
  }

  private static Finding port(String listener, String host, int port) {
    String where = host + ":" + port;
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return Finding.ok(PART, "the " + listener + " listener can have " + where);
    } catch (IOException e) {
      return Finding.fault(
          PART,
          "the " + listener + " listener cannot have " + where + " (" + e.getMessage() + ")",
          "the server does not start",
          "stop what listens there, or set " + listener + ".host and " + listener + ".port");
    }
  }
}
