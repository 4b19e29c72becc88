-- Sends the requests in a file one after the other, round and round: a line is a method, a path and,
-- for POST, the body in hexadecimal.
local requests = {}
local turn = 0

function init(args)
  for line in io.lines(args[1]) do
    local method, path, hex = line:match("^(%S+) (%S+) ?(%S*)$")
    local body = nil
    local headers = {}
    if method == "POST" then
      body = hex:gsub("..", function(octet) return string.char(tonumber(octet, 16)) end)
      headers["Content-Type"] = "application/ocsp-request"
    end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency, all)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
end
