package dev.inkan.core.authority;

import dev.inkan.core.certificate.NodeName;
import java.security.SecureRandom;
import java.time.Clock;

/** What the authority takes from the machine it runs on. */
public record Host(Clock clock, SecureRandom random, NodeName node) {}
