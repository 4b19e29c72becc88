package dev.inkan.server.registration.secret;

import java.security.SecureRandom;
import java.time.Clock;

/** Time and randomness. */
public record Chance(Clock clock, SecureRandom random) {}
