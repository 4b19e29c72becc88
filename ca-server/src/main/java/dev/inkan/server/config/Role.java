package dev.inkan.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part of the work that one server can do, or leave to others over the same database. */
public enum Role {
  /** Browsers: log-in, registration, issue and download. */
  WEB,
  /** Login gateways: OCSP answers, CRLs and issuer certificates. */
  STATUS,
  /** The bank's staff: the admin API. */
  ADMIN,
  /** What happens by itself: mails, notices, CRLs, checkpoints, status nodes' certificates. */
  JOBS;

  /** As it is written in configuration files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
