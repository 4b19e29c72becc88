package dev.inkan.server.registration.master;

import java.util.UUID;

/** Names one registration of a master user. Random, never shown. */
public record RegistrationId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
