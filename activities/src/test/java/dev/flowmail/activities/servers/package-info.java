/** Servers for tests, api's too. */
package dev.flowmail.activities.servers;
