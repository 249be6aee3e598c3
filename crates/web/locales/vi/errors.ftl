error-home = Về trang chủ
error-reference = Mã tham chiếu: { $reference }. Khi cần hỗ trợ, xin gửi mã này cho cơ quan thường trực.

error-not-found = Không tìm thấy trang
error-not-found-why = Địa chỉ này không có, hoặc tài khoản của bạn không xem được.
error-not-found-do = Xin kiểm tra lại địa chỉ, hoặc bắt đầu từ trang chủ.

error-forbidden = Bạn chưa được xem trang này
error-forbidden-why = Trước khi công bố, chỉ cơ quan thường trực, Tổ công tác và Hội đồng xem được xếp hạng.
error-forbidden-do = Khi kết quả được công bố, trang này sẽ mở. Nếu bạn cần xem sớm hơn, xin liên hệ cơ quan thường trực.

error-refused = Yêu cầu không hợp lệ
error-refused-why = Biểu mẫu này không được gửi từ trang của hệ thống, hoặc phiên làm việc đã thay đổi. Chưa có gì được lưu hay thay đổi.
error-refused-do = Xin mở lại trang và gửi lại biểu mẫu.

error-no-campaign = Chưa có kỳ đánh giá nào
error-no-campaign-why = Hệ thống đã chạy, nhưng cơ sở dữ liệu chưa có kỳ đánh giá. Không có gì bị mất.
error-no-campaign-do = Người quản trị nhập sổ tính của kỳ đánh giá bằng lệnh:

error-busy = Hệ thống đang bận
error-busy-why = Cơ sở dữ liệu đang ghi cho người khác. Chưa có gì thay đổi.
error-busy-do = Xin thử lại sau giây lát.

error-ours = Có lỗi của hệ thống
error-ours-why = Trang này không hiển thị được. Những gì đã lưu vẫn còn nguyên.
error-ours-do = Xin thử lại sau giây lát. Nếu vẫn lỗi, xin gửi mã tham chiếu dưới đây cho cơ quan thường trực.

error-session-ended = Phiên làm việc đã kết thúc
error-session-ended-why = Bạn đã bị đăng xuất trước khi gửi: phiên đã hết hạn hoặc đã bị thu hồi. Nội dung vừa gửi chưa được lưu; những gì đã lưu trước đó vẫn còn nguyên.
error-session-ended-note = Nội dung bạn vừa nhập chưa được lưu nhưng vẫn còn trên trang này. Xin đăng nhập lại trong thẻ mới, rồi quay về đây và sửa tiếp để lưu.
error-other-session = Trang này thuộc một phiên làm việc khác
error-other-session-why = Sau khi mở trang, bạn đã đăng nhập lại hoặc đăng nhập bằng tài khoản khác, hoặc biểu mẫu không được gửi từ trang của hệ thống. Chưa có gì được lưu hay thay đổi.
error-other-session-note = Sau khi mở trang, bạn đã đăng nhập lại hoặc đăng nhập bằng tài khoản khác. Nội dung vừa nhập chưa được lưu; xin chép lại nội dung, tải lại trang rồi nhập lại.
error-unsent-do = Xin đăng nhập lại trong thẻ mới, mở lại trang cần sửa, rồi chép nội dung dưới đây và gửi lại.
error-unsent-fields = Nội dung bạn đã gửi (chưa được lưu)
error-sign-in-apart = Đăng nhập lại (mở thẻ mới)

error-conflict = Đơn vị nơi ông/bà công tác
error-conflict-why = Không ai thẩm định hoặc biểu quyết về đơn vị nơi mình công tác. Chưa có gì thay đổi.
error-conflict-do = Người khác được phân công cùng lĩnh vực sẽ làm việc này; nếu chưa có ai, xin báo cơ quan thường trực.
