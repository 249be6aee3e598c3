# Thông báo: dòng đầu là tiêu đề, `.body` là nội dung. Hộp thông báo và thư điện tử dùng chung.

notice-window_opened = Đã mở: { $window }
    .body = { $window } đã mở, đến hết ngày { $until }. Xin hoàn thành trước thời hạn; sau đó hệ thống tự khóa.

notice-window_closes = { $days ->
    [0] Hết hạn hôm nay: { $window }
    [1] Hết hạn ngày mai: { $window }
   *[other] Còn { $days } ngày: { $window }
 }
    .body = { $window } hết hạn vào cuối ngày { $until } và chưa hoàn thành. Sau thời điểm đó hệ thống tự khóa. Nếu cần thêm thời gian, xin đề nghị cơ quan thường trực.

notice-window_missed = Đã quá hạn: { $window }
    .body = { $window } đã hết hạn vào cuối ngày { $until } mà chưa hoàn thành. Nội dung đã nhập được giữ nguyên. Cơ quan thường trực có thể mở lại khi có lý do.

notice-task_due = { $days ->
    [0] Nhiệm vụ { $task } đến hạn hôm nay
    [1] Nhiệm vụ { $task } đến hạn ngày mai
   *[other] Nhiệm vụ { $task } còn { $days } ngày
 }
    .body = “{ $title }” phải hoàn thành trong ngày { $due }. Đơn vị thực hiện: { $owner }.

notice-task_overdue = Nhiệm vụ { $task } đã quá hạn
    .body = “{ $title }” phải hoàn thành trong ngày { $due } nhưng chưa được ghi nhận là đã xong. Đơn vị thực hiện: { $owner }.

notice-submitted = { $agency } đã nộp tự đánh giá
    .body = { $by } đã nộp kết quả tự đánh giá của { $agency } lúc { $at }. Phiếu đã khóa. Mã biên nhận: { $receipt }.

notice-draft_sent = Dự thảo kết quả thẩm định lần { $round }: { $agency }
    .body = Dự thảo kết quả thẩm định lần { $round } của { $agency } đã được gửi lúc { $at }.

notice-draft_sent-explain = Đơn vị giải trình và bổ sung tài liệu kiểm chứng đến hết ngày { $until }.

notice-explanation_received = { $agency } đã gửi giải trình
    .body = { $by } đã gửi giải trình của { $agency } lúc { $at }. Có thể thẩm định lần 2.

notice-reopened = Đã mở lại: { $agency }
    .body = Cơ quan thường trực đã mở lại phiếu của { $agency }, đến hết ngày { $until }. Lý do: { $reason }

notice-extended = Đã gia hạn cho { $agency }
    .body = { $window } của { $agency } được gia hạn đến hết ngày { $until }. Lý do: { $reason }

notice-returned = Trả lại để thẩm định tiếp: { $agency }
    .body = Dự thảo thẩm định lần { $round } của { $agency } được trả lại Tổ công tác. Lý do: { $reason }

notice-lapsed = Đã khóa: { $window } của { $agency }
    .body = Thời hạn đã kết thúc mà thủ trưởng { $agency } chưa gửi; lúc { $at } nội dung đã nhập được ghi nhận như đã gửi. { $window } của đơn vị đã khóa.

notice-council_returned = Hội đồng thẩm định yêu cầu thẩm định lại lần 2
    .body = Lúc { $at }, kết quả thẩm định lần 2 được trả lại Tổ công tác để thẩm định lại. Lý do: { $reason }

notice-council_convened = Hội đồng thẩm định họp ngày { $on }
    .body = Hội đồng thẩm định họp hoặc cho ý kiến bằng văn bản từ ngày { $on }. Địa điểm, hình thức: { $place }

notice-council_decided = Hội đồng thẩm định đã quyết định
    .body = Hội đồng thẩm định đã biểu quyết lúc { $at }. Kết quả đã được chốt.

notice-survey_handed_over = Đã bàn giao kết quả điều tra xã hội học
    .body = { $by } đã bàn giao kết quả điều tra xã hội học lúc { $at }; điểm điều tra nay được tính vào Chỉ số. SHA-256 của số liệu: { $hash }

notice-survey_taken_back = Kết quả điều tra xã hội học được trả lại
    .body = { $by } đã trả lại kết quả điều tra xã hội học lúc { $at }. Lý do: { $reason }

notice-account_link = Đường dẫn đặt mật khẩu
    .body = Một đường dẫn dùng một lần để đặt mật khẩu của bạn được cấp lúc { $at }, có hiệu lực đến { $until }. Nếu bạn không yêu cầu, xin báo người quản trị hệ thống.

notice-window-self_assessment = Tự đánh giá
notice-window-appraisal1 = Thẩm định lần 1
notice-window-explanation = Giải trình
notice-window-appraisal2 = Thẩm định lần 2
notice-window-council = Hội đồng thẩm định
notice-window-fieldwork = Thu phiếu điều tra xã hội học
notice-window-of = { $window } của { $agency }

notice-mail-subject = [{ $short }] { $subject }
notice-mail-short = Chỉ số CCHC { $year }
notice-mail-greeting = Kính gửi { $name },
notice-mail-open = Xem trên hệ thống:
notice-mail-link = Mở đường dẫn này để đặt mật khẩu, chỉ dùng được một lần:
notice-mail-gone = Đường dẫn không còn trong thư này; xin người quản trị cấp đường dẫn mới.
notice-mail-footer = Thư này do hệ thống gửi tự động; xin không trả lời. Ngôn ngữ và loại thư nhận được chọn tại trang Thông báo:
notice-mail-notices = Lưu ý: { $said }.
