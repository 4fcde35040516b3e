import pytest

from woo.storage.s3.errors import Place

PLACE = Place(
    "archive s3://emmer/a", "emmer", "https://s3.example.nl", "storage.archive", "s3_access_key", 30.0
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "status code: 404 Not Found: <Error><Code>NoSuchBucket</Code>",
            "no bucket emmer; look at storage.archive",
        ),
        (
            "status code: 403 Forbidden: <Code>AccessDenied</Code>",
            "key (AccessDenied); look at storage.s3_access_key",
        ),
        ("status code: 403 Forbidden: ", "the store refuses the key (403)"),
        ("status code: 401 Unauthorized: ", "the store refuses the key (401)"),
        ("status code: 400 Bad: <Code>AuthorizationHeaderMalformed</Code>", "look at storage.s3_region"),
        ("status code: 301 Moved: <Code>PermanentRedirect</Code>", "look at storage.s3_region"),
        ("status code: 503 Slow: <Code>SlowDown</Code>", "the store answered 503 SlowDown"),
        (
            "status code: 404 Not Found: <Code>NoSuchUpload</Code>",
            "something that was there is gone (NoSuchUpload)",
        ),
        ("HTTP error: kind: Timeout", "https://s3.example.nl did not answer within 30 seconds"),
        ("HTTP error: kind: Connect", "no connection to https://s3.example.nl; look at storage.s3_endpoint"),
        (
            "PUT http://169.254.169.254/latest/api/token: status code: 403",
            "no key; set storage.s3_access_key",
        ),
    ],
)
def test_what_went_wrong_is_said_with_the_setting_to_look_at(text: str, said: str) -> None:
    error = PLACE.unavailable(Exception(f"{text} geheim"))
    assert said in str(error)
    assert "geheim" not in str(error)
    assert error.part == "archive s3://emmer/a"
