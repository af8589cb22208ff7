//! Files.

use clerk_client::Upload;

use crate::script::{Script, ok};

async fn sent(file: Upload, uploader: Option<&str>) -> Result<(String, String), clerk_client::Error> {
    let script = Script::new([ok(r#"{"id":"org_1"}"#)]);
    let mut call = script
        .client()
        .organizations()
        .update_organization_logo("org_1", file);
    if let Some(id) = uploader {
        call = call.uploader_user_id(id);
    }
    call.await?;
    let request = script.requests().remove(0);
    let content_type = request.headers["content-type"].to_str().unwrap().to_owned();
    Ok((
        content_type,
        String::from_utf8(request.body.unwrap().to_vec()).unwrap(),
    ))
}

#[tokio::test]
async fn a_file_is_sent_as_a_form() {
    let (content_type, body) = sent(Upload::new("<png>", "image/png"), Some("user_1"))
        .await
        .unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"uploader_user_id\"\r\n\r\nuser_1\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\nContent-Type: image/png\r\n\r\n\
         <png>\r\n--{boundary}--\r\n"
    );
    assert_eq!(body, expected);
}

/// What is in the way of a boundary is tried out where it is chosen, since nobody can guess one here.
#[tokio::test]
async fn no_part_can_end_early() {
    let (plain, _) = sent(Upload::new("x", "image/png"), None).await.unwrap();
    let boundary = plain.split('=').nth(1).unwrap().to_owned();
    for (file, uploader) in [
        (Upload::new(format!("\r\n--{boundary}--\r\n"), "image/png"), None),
        (Upload::new("x", "image/png"), Some(boundary.as_str())),
    ] {
        let (other, body) = sent(file, uploader).await.unwrap();
        let other = other.split('=').nth(1).unwrap();
        assert_ne!(other, boundary);
        let marks = if uploader.is_some() { 3 } else { 2 };
        assert_eq!(body.matches(&format!("--{other}")).count(), marks);
    }
    let file = Upload::new("x", "image/png").file_name("a\"\r\nx: y");
    let (_, body) = sent(file, None).await.unwrap();
    assert!(body.contains("filename=\"a%22%0D%0Ax: y\"\r\n"), "{body}");
}

#[tokio::test]
async fn a_type_that_cannot_stand_in_a_header_is_refused() {
    for content_type in ["", " ", "image/png\r\nx: y", "im\u{e9}ge/png"] {
        let error = sent(Upload::new("x", content_type), None).await.unwrap_err();
        assert_eq!(error.code(), "upload_invalid");
    }
    let shown = format!("{:?}", Upload::new("planted", "image/png").file_name("planted"));
    assert!(!shown.contains("planted"), "{shown}");
}
