package dev.inkan.server.registration.access;

import java.util.UUID;

/** Names one certificate application. Random, never shown. */
public record ApplicationId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
