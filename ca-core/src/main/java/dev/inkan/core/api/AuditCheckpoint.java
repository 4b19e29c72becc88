package dev.inkan.core.api;

import java.time.Instant;

/**
 * The signed head of the audit log, to be kept elsewhere.
 *
 * @param number of the last event it covers
 * @param previous the number of the checkpoint before, or 0
 * @param hash of the chain up to it, hexadecimal
 * @param signature in base64
 * @param signer the SHA-256 of the audit key's certificate or public key
 */
public record AuditCheckpoint(
    long number, long previous, Instant at, String hash, String signature, String signer) {}
